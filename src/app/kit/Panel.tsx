/** A titled region of the page. An exception inside stays inside. */
import { Component, type ReactNode } from 'react'
import { t } from '../../language/language.ts'
import { TextButton } from './controls.tsx'

export function Panel({
  title,
  actions,
  children,
  className,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={`panel ${className ?? ''}`} aria-label={title}>
      <header className="panel-header">
        <h2>{title}</h2>
        <div className="panel-actions">{actions}</div>
      </header>
      <PanelBoundary title={title}>{children}</PanelBoundary>
    </section>
  )
}

export class PanelBoundary extends Component<{ title: string; children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {}

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div className="panel-error" role="alert">
        <p>
          {t('{part} could not be drawn: {reason}. The run and your edits are not affected.', {
            part: this.props.title,
            reason: error.message,
          })}
        </p>
        <TextButton onClick={() => this.setState({ error: undefined })}>{t('Draw it again')}</TextButton>
      </div>
    )
  }
}
