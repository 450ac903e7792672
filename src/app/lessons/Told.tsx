/** Texts of lessons: Markdown as elements, formulas by KaTeX. Tags in a text are words like others. */
import 'katex/dist/katex.min.css'
import { Marked, type MarkedExtension, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { trustedInner } from '../ground/house.ts'
import { typeset } from '../kit/typeset.ts'

const formulas: MarkedExtension = {
  extensions: [
    {
      name: 'display',
      level: 'block',
      start: (text) => text.indexOf('$$'),
      tokenizer: (text) => formula('display', /^\$\$([\s\S]+?)\$\$\s*(?:\n|$)/.exec(text)),
    },
    {
      name: 'formula',
      level: 'inline',
      start: (text) => text.indexOf('$'),
      tokenizer: (text) => formula('formula', /^\$([^$\n]+?)\$/.exec(text)),
    },
  ],
}

function formula(type: string, match: RegExpExecArray | null) {
  return match ? { type, raw: match[0], text: match[1].trim() } : undefined
}

const marked = new Marked(formulas)

/** @param children Markdown */
export function Told({ children }: { children: string }) {
  return <div className="told">{all(marked.lexer(children))}</div>
}

/** A text within a line. */
export function Words({ children }: { children: string }) {
  const [first] = marked.lexer(children)
  return <>{first && 'tokens' in first ? all(first.tokens ?? []) : children}</>
}

function all(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, k) => <Fragment key={k}>{element(token)}</Fragment>)
}

function element(token: Token): ReactNode {
  const inner = 'tokens' in token && token.tokens ? all(token.tokens) : 'text' in token ? unescaped(token.text) : null
  switch (token.type) {
    case 'space':
      return null
    case 'paragraph':
      return <p>{inner}</p>
    case 'heading':
      return <h4>{inner}</h4>
    case 'strong':
      return <strong>{inner}</strong>
    case 'em':
      return <em>{inner}</em>
    case 'codespan':
      return <code>{unescaped(token.text)}</code>
    case 'blockquote':
      return <blockquote>{inner}</blockquote>
    case 'br':
      return <br />
    case 'link':
      return (
        <a href={/^https?:/.test(token.href) ? token.href : undefined} target="_blank" rel="noreferrer">
          {inner}
        </a>
      )
    case 'list':
      return list(token as Tokens.List)
    case 'table':
      return table(token as Tokens.Table)
    case 'display':
      return <Formula tex={token.text} display />
    case 'formula':
      return <Formula tex={token.text} />
    default:
      return inner
  }
}

function list({ ordered, items }: Tokens.List): ReactNode {
  const entries = items.map((item, k) => <li key={k}>{all(item.tokens)}</li>)
  return ordered ? <ol>{entries}</ol> : <ul>{entries}</ul>
}

function table({ header, rows }: Tokens.Table): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {header.map((cell, k) => (
            <th key={k} scope="col">
              {all(cell.tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, k) => (
              <td key={k}>{all(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Formula({ tex, display = false }: { tex: string; display?: boolean }) {
  const html = trustedInner(typeset(tex, display))
  if (!display)
    // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX output of a formula of the house
    return <span dangerouslySetInnerHTML={html} />
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX output of a formula of the house
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the panel scrolls, also by keyboard
    <div className="display" tabIndex={0} dangerouslySetInnerHTML={html} />
  )
}

/** Marked escapes what would be HTML; React does so itself. */
function unescaped(text: string): string {
  const signs: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" }
  return text.replace(/&(?:lt|gt|amp|quot|#39);/g, (sign) => signs[sign] ?? sign)
}
