/** Numbers as people read them: few significant digits, a true minus sign, thin exponents. */

const SUPERSCRIPT: Record<string, string> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
}

export function number(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return value === Infinity ? '∞' : value === -Infinity ? '−∞' : '–'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa = '', exponent = ''] = value.toExponential(Math.max(0, digits - 2)).split('e')
    const power = [...exponent.replace('+', '')].map((c) => SUPERSCRIPT[c] ?? c).join('')
    return `${mantissa.replace(/\.0+$/, '').replace('-', '−')}·10${power}`
  }
  return Number(value.toPrecision(digits)).toString().replace('-', '−')
}

/** A fixed number of decimals, so that columns of figures line up. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return number(value)
  const text = value.toFixed(decimals)
  // Zero has no sign.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}
