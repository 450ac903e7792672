/**
 * A = L D L^T for a small dense symmetric positive semidefinite matrix. A pivot that vanishes (a constant on an
 * isolated piece, an empty row) drops its unknown, which stays zero; so the solve is a symmetric generalised inverse.
 */
export interface DenseFactor {
  size: number
  /** Unit lower triangle, row major. */
  lower: Float64Array
  /** 1/D, 0 for a dropped pivot. */
  inverse: Float64Array
}

const VANISHED = 1e-12

/** @param matrix row major, size*size; overwritten */
export function factorise(matrix: Float64Array, size: number): DenseFactor {
  const inverse = new Float64Array(size)
  const scale = Float64Array.from({ length: size }, (_, k) => matrix[k * size + k])
  for (let k = 0; k < size; k++) {
    const pivot = matrix[k * size + k]
    if (!(pivot > VANISHED * scale[k])) {
      for (let i = k + 1; i < size; i++) matrix[i * size + k] = 0
      continue
    }
    inverse[k] = 1 / pivot
    for (let i = k + 1; i < size; i++) {
      const entry = matrix[i * size + k]
      if (entry === 0) continue
      const factor = entry / pivot
      for (let j = k + 1; j <= i; j++) matrix[i * size + j] -= factor * matrix[j * size + k]
    }
    for (let i = k + 1; i < size; i++) matrix[i * size + k] /= pivot
  }
  return { size, lower: matrix, inverse }
}

/** x = A^-1 b (generalised); x may be b. */
export function solveDense(factor: DenseFactor, b: Float64Array, x: Float64Array): void {
  const { size, lower, inverse } = factor
  for (let i = 0; i < size; i++) {
    let sum = b[i]
    for (let j = 0; j < i; j++) sum -= lower[i * size + j] * x[j]
    x[i] = sum
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] * inverse[i]
    if (inverse[i] !== 0) for (let j = i + 1; j < size; j++) sum -= lower[j * size + i] * x[j]
    x[i] = sum
  }
}
