/** Rates of charge and discharge as people write them: "C/10, C/2, 1C, 20 A/m2"; negative ones charge. */

export interface Rate {
  /** A/m² or multiples of 1C, which passes the capacity in one hour. */
  value: number
  by: 'current' | 'rate'
}

const NUMBER = '\\d+\\.?\\d*|\\.\\d+'
const ALLOWED = 'C-rates such as C/10, 1C or 2C, and currents such as 5 A/m2; negative ones charge'

/** Reads a list; `problem` names the first word that cannot be read. A number alone is a current in A/m². */
export function parseRates(text: string): { rates: Rate[]; problem?: string } {
  const words = text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
  if (words.length === 0) return { rates: [], problem: `got no rate; allowed are ${ALLOWED}; try "C/5, 1C, 2C"` }
  const rates: Rate[] = []
  for (const word of words) {
    const rate = parseRate(word)
    if (!rate) return { rates, problem: `got "${word}"; allowed are ${ALLOWED}; try "C/5, 1C, 2C"` }
    if (!rates.some((r) => r.value === rate.value && r.by === rate.by)) rates.push(rate)
  }
  return { rates }
}

function parseRate(word: string): Rate | undefined {
  const found = word.match(/^([-−+]?)\s*(.+)$/)
  if (!found) return undefined
  const sign = found[1] === '-' || found[1] === '−' ? -1 : 1
  const rest = found[2].toUpperCase()
  const fraction = rest.match(new RegExp(`^C\\s*/\\s*(${NUMBER})$`))
  const multiple = rest.match(new RegExp(`^(${NUMBER})?\\s*C$`))
  const current = rest.match(new RegExp(`^(${NUMBER})\\s*(?:A/M(?:2|²))?$`))
  const by = current ? 'current' : 'rate'
  const size = fraction
    ? 1 / Number(fraction[1])
    : multiple
      ? Number(multiple[1] ?? 1)
      : current
        ? Number(current[1])
        : Number.NaN
  return size > 0 && Number.isFinite(size) ? { value: sign * size, by } : undefined
}

/** As it is shown: C/10, 2C, 20 A/m². */
export function rateLabel({ value, by }: Rate): string {
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  const digits = (x: number) => String(Number(x.toPrecision(4)))
  if (by === 'current') return `${sign}${digits(size)} A/m²`
  const inverse = 1 / size
  const whole = Math.abs(inverse - Math.round(inverse)) < 1e-6 * inverse
  return size < 1 && whole ? `${sign}C/${Math.round(inverse)}` : `${sign}${digits(size)}C`
}
