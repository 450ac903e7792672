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
  export interface HeatMap {
    type: 'heatmap'
    x: readonly string[]
    y: readonly string[]
    z: readonly (readonly (number | null)[])[]
    text: readonly (readonly string[])[]
    texttemplate: string
    hovertemplate: string
    colorscale: readonly (readonly [number, string])[]
    colorbar: object
    hoverongaps: boolean
    xgap: number
    ygap: number
  }
  interface Plotly {
    react(host: HTMLElement, traces: readonly (Trace | HeatMap)[], layout: object, config: object): Promise<unknown>
    purge(host: HTMLElement): void
    toImage(
      figure: { data: readonly (Trace | HeatMap)[]; layout: object },
      options: { format: 'png' | 'svg'; width: number; height: number; scale: number },
    ): Promise<string>
    Plots: { resize(host: HTMLElement): Promise<unknown> }
  }
  const plotly: Plotly
  export default plotly
}
