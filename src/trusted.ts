/**
 * The Trusted Types policies of the page (`tools/site/policy.ts` allows no others): what is set as HTML or loaded as a
 * script comes through here, so that a string from a scenario, a link or a file never can. Browsers without Trusted
 * Types get the strings themselves.
 */

interface TrustedPolicy {
  createHTML(html: string): string
  createScriptURL(url: string): string
}

interface TrustedTypes {
  createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy
  createPolicy(name: 'default', rules: { createHTML(html: string): string | null }): unknown
}

const rules: TrustedPolicy = {
  createHTML: (html) => html,
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`a script from elsewhere: ${url}`)
    return url
  },
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
// Libraries that decode a character by setting HTML (Plotly's exports) may: text without a tag makes no element.
trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
const policy = trustedTypes?.createPolicy('twoscale', rules) ?? rules

/** HTML that KaTeX has made of formulas of the house, escaped words, or a drawing that is read and never shown. */
export function trustedHtml(html: string): string {
  return policy.createHTML(html)
}

const held = new Map<string, { __html: string }>()

/**
 * Such HTML as React takes it: the same object for the same words, since React sets anew, and the browser lays out anew,
 * whatever comes as another object.
 */
export function trustedInner(html: string): { __html: string } {
  const known = held.get(html) ?? { __html: trustedHtml(html) }
  held.set(html, known)
  return known
}

/** Address of a script of the page itself.
 * @throws TypeError where it is of another origin */
export function trustedScript(url: string): string {
  return policy.createScriptURL(url)
}
