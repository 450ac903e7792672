/** Colours of phases, background first: a quiet ground and one accent. */
export const PHASES: Record<'light' | 'dark', readonly string[]> = {
  light: ['#efe9dc', '#4a93a8', '#c9a063', '#9a86b8'],
  dark: ['#2b3036', '#4593ab', '#a98244', '#8a76a8'],
}

export function rgb(hex: string): [number, number, number] {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as [number, number, number]
}
