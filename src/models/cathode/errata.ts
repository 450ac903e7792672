/**
 * What Schmuck 2017 prints and what this program uses instead. Those that stay as switches carry the badge "as printed"
 * among the parameters; the others make the equations ill-posed and are told here only.
 */
import type { Notes } from '../family.ts'

export const errata: Notes = {
  title: 'What is printed, and what is used',
  entries: [
    {
      about: 'Sign of the reaction, (3.39) with (2.20) and (2.28)',
      printed: String.raw`-\nabla\!\cdot\hat\Sigma\nabla\Psi_s = +\beta_\psi R`,
      used: String.raw`-\nabla\!\cdot\hat\Sigma\nabla\Psi_s = -A,\quad q c_{sm}\partial_t y = \dots - A/F`,
      why: String.raw`The bracket of (2.20) is positive when lithium leaves the solid. Taken together the three sources make $\hat\Sigma\Psi'' + g\Psi = 0$ instead of $-g\Psi$: the cell would run away from equilibrium (TiS$_2$: within 0.2 s). Not offered as a switch.`,
    },
    {
      about: 'Charge in the Poisson equation, (2.25), (2.35)',
      printed: String.raw`\rho = z_+c_+ + z_-c_-`,
      used: String.raw`\rho = z_+c_+ - z_-c_- = F(c_+-c_-)`,
      why: 'The anion drifts with a minus in (2.23) and (2.33), and (2.22) writes the force so: $z_-$ is a modulus there. The plus of (2.25) and (2.35) then makes a charge that cannot vanish. Not offered as a switch.',
    },
    {
      about: 'Debye length in the Poisson equation, (2.35)',
      printed: String.raw`-\nabla\!\cdot(\lambda_D\nabla\psi) = \dots`,
      used: String.raw`-2\delta^2\nabla^2\psi = c_+-c_-,\quad \delta = \lambda_D/L`,
      why: 'A length stands where its square over that of the cathode belongs, twice.',
    },
    {
      about: 'Cahn-Hilliard term, (3.39), (3.78)',
      printed: String.raw`\nabla f' + \tfrac{\lambda}{q}\nabla\!\cdot(M_s\nabla C)`,
      used: String.raw`\mu = f'(y) - \tfrac{\kappa_g}{q c_{sm}RT}\nabla\!\cdot(\hat M_s\nabla y)`,
      why: 'A number is added to a vector, and with the plus sign short waves grow like the fourth power of the wave number. Not offered as a switch.',
    },
    {
      about: 'Gradient energy, (2.3)',
      printed: String.raw`\lambda = a^2\omega n_v/6`,
      used: String.raw`\kappa_g = a^2\omega n_v/2`,
      why: 'Only with one half do the numbers of the paper give its own value; the site density is six times that of the material.',
    },
    {
      about: 'Site density in the rate, (2.28)',
      printed: String.raw`\exp(\alpha_{sm}\,\cdot),\quad \alpha_{sm} = \ln c_{sm}`,
      used: String.raw`c_{sm}\,\bigl[y e^{\dots} - (1-y)e^{\dots}\bigr]`,
      why: 'As a factor in the exponent it makes Tafel and Nernst slopes ten times too small. A switch among the kinetics.',
    },
    {
      about: 'Voltage of the reaction, (2.30) with (2.2)',
      printed: String.raw`U\ \text{of TiS}_2,\quad f\ \text{of LiFePO}_4`,
      used: String.raw`U = V_0 - \tfrac{RT}{F}\mu`,
      why: 'Two materials share no thermodynamics, and (2.30) lacks ln((1-y)/y): with isolated particles the free energy never reaches the voltage, so that no plateau and no hysteresis appear. A switch in the active material.',
    },
    {
      about: 'Diffusion potential, (2.16)-(2.18)',
      printed: String.raw`i = -\kappa\nabla\Phi + \kappa\tfrac{RT}{F}(1-t_+)\nabla\ln c`,
      used: String.raw`i = -\kappa\nabla\Phi + 2\kappa\tfrac{RT}{F}(1-t_+)\chi\nabla\ln c`,
      why: 'Two ions per formula: without the factor 2 the dissipation can be negative. TiS$_2$ at 5 A/m²: utilisation 0.644 instead of 0.610. A switch of the electrolyte.',
    },
    {
      about: 'One potential for the whole cell, (2.25)-(2.26), (3.63)',
      printed: String.raw`-\nabla\!\cdot(\varepsilon\nabla\psi) = \dots\ \text{in both phases}`,
      used: String.raw`\psi_p\ \text{in the pores},\quad \psi_s\ \text{in the solid}`,
      why: 'Permittivity (F/m) in one phase and conductivity (S/m) in the other cannot share an equation, and the reaction needs the jump of two potentials.',
    },
    {
      about: 'Local equilibrium of both ions, (3.37), (3.62)',
      printed: String.raw`\nabla c/c = -\nabla\psi = +\nabla\psi`,
      used: String.raw`\hat D = \hat M = T`,
      why: 'Both at once hold only without any field. The problem of first order decouples without it and gives the classical tensor of the perforated cell.',
    },
    {
      about: 'Mobility tensor, (3.40)',
      printed: String.raw`\hat M_{ij} = \int_{Y_p}(\delta_{ij}-\partial_i\xi_\psi^j)\ \text{of the dielectric cell}`,
      used: String.raw`\hat M = T`,
      why: 'It depends on an arbitrary contrast: around a good conductor it exceeds the pore fraction, beyond every bound. A switch of the transport.',
    },
    {
      about: 'Boundary condition of the solid corrector, (3.72)',
      printed: String.raw`n\cdot(\nabla\xi + e) = 0`,
      used: String.raw`n\cdot(e - \nabla\xi) = 0`,
      why: 'With the printed sign an isolated particle conducts lithium, $2qI - M_s$: utilisation 0.87 instead of 0.30. A switch of the structure.',
    },
    {
      about: 'Darcy law, (3.39), (3.47)-(3.50)',
      printed: String.raw`V = -\tfrac{\hat\kappa}{\mu}(f-\nabla P),\ \hat\kappa = -\tfrac1\mu\langle w\rangle`,
      used: String.raw`V = \tfrac{K}{\mu}(f-\nabla P),\ K = \ell_D^2\langle w\rangle`,
      why: 'The viscosity is counted twice and two signs cancel.',
    },
    {
      about: 'Coulomb force, after (3.39)',
      printed: String.raw`f = -\eta(C_+-C_-)\hat M\nabla\Psi`,
      used: String.raw`f = -\textstyle\sum_i c_i\nabla\mu_i`,
      why: 'With an anisotropic M the electrolyte would circulate at equilibrium. The flow that charges drive is negligible (Péclet 1e-12 to 1e-9); the number is shown.',
    },
  ],
}
