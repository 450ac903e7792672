/** The part of Plotly that the charts use; the partial bundle ships no types. */
declare module 'plotly.js-cartesian-dist-min' {
  export interface Trace {
    x: ArrayLike<number>
    y: ArrayLike<number>
    name: string
    type: 'scatter' | 'bar'
    mode: 'lines' | 'markers' | 'lines+markers'
    line?: { color?: string; width?: number; dash?: string }
    marker?: { symbol: string; size: number; color?: string }
    opacity?: number
    text?: readonly string[]
    yaxis?: 'y2'
    hovertemplate?: string
  }
  interface Plotly {
    react(host: HTMLElement, traces: Trace[], layout: object, config: object): Promise<unknown>
    purge(host: HTMLElement): void
    toImage(
      figure: { data: Trace[]; layout: object },
      options: { format: 'png' | 'svg'; width: number; height: number; scale: number },
    ): Promise<string>
    Plots: { resize(host: HTMLElement): Promise<unknown> }
  }
  const plotly: Plotly
  export default plotly
}
