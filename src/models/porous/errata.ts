/**
 * What Schmuck 2013 prints and what this program uses instead, first the sign that decides the model. Local equilibrium
 * (LTE) is the paper's assumption that c exp(z phi) is constant in each cell. Dimensionless, in the paper's notation:
 * u^r concentrations, u^3 = phi, xi the correctors, p the pore fraction, s the period over the length of the box.
 */
import type { Notes } from '../family.ts'

export const errata: Notes = {
  title: 'What is printed, and what is used',
  entries: [
    {
      about: 'The sign of the cell problem, (43) against (46)',
      printed: String.raw`-\Delta\xi^{r_j} = -\nabla\!\cdot(z_r u_0^r\nabla\xi^{3_j})`,
      used: String.raw`-\Delta\xi^{r_j} = +\nabla\!\cdot(z_r u_0^r\nabla\xi^{3_j})`,
      why: String.raw`Insert the expansion (42), $u^r = u_0^r - s\,\xi^{r_j}\partial_j\phi_0$ and $\phi = \phi_0 - s\,\xi^{3_j}\partial_j\phi_0$, into $\nabla\!\cdot(\nabla u^r + z_r u^r\nabla\phi)$: the terms of order $1/s$ vanish with the plus sign only. It is the sign of the weak form (46); the strong form belongs to $u_1 = +\xi\cdot\nabla\phi_0$, which is not (42).`,
    },
    {
      about: 'What follows from the sign: the drift of (25)',
      printed: String.raw`D^r = +z_r u_0^r A \;\Rightarrow\; J = -p\nabla u - z u\,(pI-2A)\nabla\phi`,
      used: String.raw`D^r = -z_r u_0^r A \;\Rightarrow\; J = -p\,(\nabla u + z u\nabla\phi)`,
      why: String.raw`With the consistent sign $\xi^r = -z_r u_0^r\,\xi^3 + \mathrm{const}$ in the pore, so the new term $D^r$ and the correction in $M = pI - A$ cancel: nothing is left but the factor $p$ (closure weak2013). The mixture of signs (printed2013) makes a drift that can exceed that of free solution, or be negative.`,
    },
    {
      about: 'The wall condition that goes with (43)',
      printed: String.raw`\text{none is stated}`,
      used: String.raw`n\cdot\bigl(\nabla u_0 + z u_0\nabla\phi_0 + \nabla_{\!y}u_1 + z u_0\nabla_{\!y}\phi_1\bigr) = 0`,
      why: String.raw`Walls block the flux. LTE deletes $\nabla u_0 + z u_0\nabla\phi_0$ here, and with it the tortuosity: the flux of the cell becomes a constant vector that runs through the walls.`,
    },
    {
      about: 'The limit without local equilibrium',
      printed: String.raw`\nabla u_0 = -z u_0\nabla\phi_0 \ \text{(LTE) to find the flux}`,
      used: String.raw`p\,\partial_t u = \nabla\!\cdot\hat D(\nabla u + z u\nabla\phi)`,
      why: String.raw`$v_1 = u_1 + z u_0\phi_1$ is harmonic in the pore and answers the wall: $v_1 = \chi\cdot(\nabla u_0 + z u_0\nabla\phi_0)$ with the corrector of the perforated cell. LTE sets the macroscopic flux to zero, so it fixes the equilibrium and no mobility. Pore-resolved computations confirm $\hat D$ with order two.`,
    },
    {
      about: 'Permittivity of the solid (18)',
      printed: String.raw`\varepsilon = \lambda^2 \text{ in the pore},\quad \alpha \text{ in the solid}`,
      used: String.raw`\varepsilon = \lambda^2 \text{ in the pore},\quad \alpha\lambda^2 \text{ in the solid}`,
      why: String.raw`$\alpha = \varepsilon_s/\varepsilon_f$ is a ratio. As printed the contrast is $\alpha/\lambda^2$: at $\lambda^2 = 0.01$ a polymer of $0.025$ would be 2.5 times more polarisable than water.`,
    },
    {
      about: 'Debye length (16), (18)',
      printed: String.raw`\lambda = \lambda_D/L`,
      used: String.raw`\lambda^2 = 2\,\lambda_D^2/L^2`,
      why: 'With concentrations scaled by $c_0$ of each ion; the printed relation needs a scale of $2c_0$.',
    },
    {
      about: 'Free energy (17)',
      printed: String.raw`\textstyle\sum_r u^r(\log u^r - 1) + z_r u^r\phi - \lambda^2|\nabla\phi|^2`,
      used: String.raw`\textstyle\sum_r u^r(\log u^r - 1) + z_r u^r\phi - \tfrac12\lambda^2|\nabla\phi|^2`,
      why: "Without the half the electric terms cancel by Poisson's equation, and what is left does not decay.",
    },
    {
      about: 'Poisson in the pores (20)',
      printed: String.raw`-\nabla\!\cdot(\varepsilon\nabla\phi) = \textstyle\sum_r z_r u^r`,
      used: String.raw`-\nabla\!\cdot(\varepsilon\nabla\phi) = \mathbf 1_{\mathrm{pore}}\textstyle\sum_r z_r u^r`,
      why: 'The solid holds no ions; (51) has the indicator of the pores.',
    },
    {
      about: 'System in divergence form (27), second row',
      printed: '-D^1 - z_r u_0^2 M',
      used: '-D^2 + z_2 u_0^2 M',
      why: 'The tensor of the other ion stands there, and with the valence −1 the other sign.',
    },
    {
      about: 'Second order of the potential, (72) to (74)',
      printed: String.raw`-\nabla\!\cdot(\kappa\nabla\zeta^{kl}) = -\varepsilon^0_{kl} - \partial_k(\kappa\,\xi^l) - \kappa\,\partial_k(\xi^l - y_l)`,
      used: String.raw`\begin{gathered}\textstyle\int_Y\kappa\nabla\zeta^{kl}\!\cdot\nabla w = \int_Y \kappa\,\xi^l\partial_k w\\ \textstyle{}+ \int_Y\bigl[\kappa(\delta_{kl}-\partial_k\xi^l) - \tfrac1p\mathbf 1_{\mathrm{pore}}\,\varepsilon^0_{kl}\bigr]w\end{gathered}`,
      why: String.raw`With $\varepsilon^0$ of (26) the right side of (72) has zero mean, but it puts charge into the solid too; with the sign of (62) its mean is $2\varepsilon^0$. And $\kappa$ jumps at the wall, so $\partial_k(\kappa\,\xi^l)$ is integrated by parts. The microscope and the error plot show this second order.`,
    },
    {
      about: 'Second order of the ions, (75) to (79)',
      printed: String.raw`u_2 = \textstyle\sum_{kl}\zeta^{kl}u_0,\quad \int_{\mathrm{pore}}(\text{right side of (77), (79)}) \neq 0`,
      used: String.raw`\begin{gathered}u = e^{-z(\phi-\phi_0)}\bigl(u_0 + s\,\chi\cdot J + s^2[a^{kl}\partial_k J_l + z\,b^{kl}\partial_k\phi_0 J_l]\bigr)\\ \textstyle\int\nabla a^{kl}\!\cdot\nabla w = \int[\delta_{kl}+\partial_k\chi^l-\hat D_{kl}/p]\,w - \int\chi^l\partial_k w\\ \textstyle\int\nabla b^{kl}\!\cdot\nabla w = -\int\chi^l\partial_k w - \int\xi^k(e_l+\nabla\chi^l)\!\cdot\nabla w\end{gathered}`,
      why: String.raw`(77) lacks $-M/p$, (79) factors $1/p$: no solution exists as printed, and (76) divides by $u_0$ for no reason. What is used is the expansion without local equilibrium, $J = \nabla u_0 + z u_0\nabla\phi_0$; the integrals are over the pore, and both right sides have zero mean by themselves.`,
    },
    {
      about: 'The boundary conditions of the paper',
      printed: String.raw`\partial_n\phi = 0,\quad u^r = 0`,
      used: String.raw`-\nabla\!\cdot(\varepsilon^0\nabla\phi) = \rho - \langle\rho\rangle`,
      why: 'Ions leave through the sides and may take charge with them; then the potential has no solution. The weak form (30) hides the mean, here it is projected out and shown.',
    },
    {
      about: 'The claim after Remark III.3',
      printed: String.raw`\text{permittivity contrast steers the ions}`,
      used: String.raw`\hat D \text{ does not depend on } \alpha`,
      why: String.raw`It follows from the sign above. Between $\alpha = 0.025$ and $10$ the resolved flux of the duel changes by 2.5 % (at $\lambda^2 = 0.01$), all of it through $\varepsilon^0$.`,
    },
  ],
}
