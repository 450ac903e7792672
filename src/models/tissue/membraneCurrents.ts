/** Currents (A/m², outward positive) and their derivatives at one point of the membrane. Reused between calls. */
export class MembraneCurrents {
  sodium = 0
  potassium = 0
  chloride = 0
  pump = 0
  /** d sodium / d(Na_I, Na_E, K_E, V, h); the first and third contain the pump. */
  sodiumBySodiumI = 0
  sodiumBySodiumE = 0
  sodiumByPotassiumE = 0
  sodiumByV = 0
  sodiumByGate = 0
  /** d potassium / d(Na_I, K_I, K_E, V). */
  potassiumBySodiumI = 0
  potassiumByPotassiumI = 0
  potassiumByPotassiumE = 0
  potassiumByV = 0
  /** d chloride / d(Cl_I, Cl_E, V). */
  chlorideByChlorideI = 0
  chlorideByChlorideE = 0
  chlorideByV = 0
  /** dh/dt and its derivatives with respect to h and V. */
  gateRate = 0
  gateByGate = 0
  gateByV = 0

  get total(): number {
    return this.sodium + this.potassium + this.chloride
  }
}
