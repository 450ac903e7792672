/** A preset's potassium injection (test T1) as a setting of the second route. */
import { Membrane } from '../../../src/models/tissue/membrane.ts'
import { membraneParameters, nominal } from '../../../src/models/tissue/parameters.ts'
import { type RestState, restState } from '../../../src/models/tissue/rest.ts'
import { type ImexState, imex } from './imex.ts'
import { exactTissue, values } from './setup.ts'

/** Resting state of a preset with the exact geometry of its cell. */
export function rest(preset: string, changes = {}): RestState {
  const tissue = exactTissue(preset)
  const v = values(preset, changes)
  const found = restState(
    new Membrane(membraneParameters(v)),
    { inside: tissue.fractionI, outside: tissue.fractionE },
    nominal(v),
  )
  if (!found) throw new Error(`no rest for ${preset}`)
  return found
}

/**
 * Runs the second route from rest on 100 volumes of 1 mm.
 * @param lambda shares of the capacitive current; given, there is no injection and V starts `shift` mV off rest
 */
export function imexOf(preset: string, dt: number, steps: number, lambda?: number[], shift = 0): ImexState {
  const tissue = exactTissue(preset)
  const r = rest(preset)
  const v = values(preset)
  const fixed = (side: 'I' | 'E') => v[`Cl_${side}`] - v[`Na_${side}`] - v[`K_${side}`]
  return imex(
    {
      n: 100,
      length: 1000,
      dt,
      volume: { inside: tissue.fractionI, outside: tissue.fractionE },
      area: tissue.areaDensity * 1e-6,
      diffusivity: { inside: 1500 * tissue.tensorI[0][0], outside: 1500 * tissue.tensorE[0][0] },
      G: [v.G_Na, v.G_K, v.G_Cl],
      Cm: v.capacitance * 100,
      lambda: lambda ?? [v.share_Na, v.share_K, 1 - v.share_Na - v.share_K],
      pump: [
        { Imax: v.Imax1, KNa: v.KNa1, KK: v.KK1 },
        { Imax: v.Imax2, KNa: v.KNa2, KK: v.KK2 },
      ],
      inside: [r.sodiumI, r.potassiumI, r.sodiumI + r.potassiumI + fixed('I')],
      outside: [r.sodiumE, r.potassiumE, r.sodiumE + r.potassiumE + fixed('E')],
      V: r.v * 1e3 + shift,
      ...(lambda ? {} : { injection: { amount: 20, center: 500, width: 60, duration: 2 } }),
    },
    steps,
  )
}
