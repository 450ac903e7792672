/**
 * What the tissue paper (Xiao, Huang, Xu, Yu, Yue 2023) prints and what this program uses instead. I and E stand for the
 * inside of the cells and the space between them, in the paper's notation: |Y_I| a volume, |Γ| an area of the reference
 * cell.
 */
import type { Notes } from '../family.ts'

export const errata: Notes = {
  title: 'What is printed, and what is used',
  entries: [
    {
      about: 'Membrane source of the ions in a syncytium, (52)',
      printed: String.raw`-|Y_I|\Bigl(\tfrac{G_i}{z_i}(\phi_I-\phi_E) + \dots\Bigr)`,
      used: String.raw`-|\Gamma|\Bigl(\tfrac{G_i}{z_i}(\phi_I-\phi_E) + \dots\Bigr)`,
      why: String.raw`The weak form integrates over the membrane. With the volume $|Y_I|$ in its place ions would be created at the rate $(|\Gamma|-|Y_I|)f_i$: what leaves one side would not arrive on the other.`,
    },
    {
      about: 'Charge inside a syncytium, (51)',
      printed: String.raw`-\nabla\!\cdot(\sigma_I D_I^*\nabla\phi_I) = -\textstyle\sum_i G_i(\phi_I-\phi_E) - \dots`,
      used: String.raw`-\nabla\!\cdot(\sigma_I D_I^*\nabla\phi_I) = |\Gamma|\bigl(-\textstyle\sum_i G_i(\phi_I-\phi_E) - \dots\bigr)`,
      why: 'The right side is a current per area of membrane; the area per volume belongs to it, as it stands in (48).',
    },
    {
      about: 'Weak form above (51)',
      printed: String.raw`-\textstyle\int_\Gamma(\dots)`,
      used: String.raw`+\textstyle\int_\Gamma(\dots)`,
      why: 'With s = I in (8b) the membrane enters with a plus; the strong form (51) has the right sign.',
    },
    {
      about: 'A factor two, (28), (35) and the limit above (37)',
      printed: String.raw`2\int_0^T\!\!\int\sigma_E D(\nabla_x\phi_E+\nabla_y\hat\phi_E)\cdot\nabla_y\Phi_E`,
      used: String.raw`\int_0^T\!\!\int\sigma_E D(\nabla_x\phi_E+\nabla_y\hat\phi_E)\cdot\nabla_y\Phi_E`,
      why: 'Harmless with isolated cells, where the right side is zero; with a syncytium it would double the conductivity.',
    },
    {
      about: 'A term after (28)',
      printed: String.raw`M_3 \propto [\ln C_i]`,
      used: String.raw`M_3 \propto \tfrac{G_i}{z_i}[\ln C_i]`,
      why: 'The conductance over the valence is missing there and present in (28) itself.',
    },
    {
      about: 'Terms of first order in the proof, (69), (70)',
      printed: String.raw`\varepsilon\,\chi\,\partial_{x_k}\phi,\qquad \varepsilon\,\partial^2 M`,
      used: String.raw`\varepsilon\,\chi^k\,\partial_{x_k}C_{iI},\qquad \varepsilon\,\partial_{x_p} M`,
      why: 'Differentiating the expansion of the concentrations gives their gradient, and one derivative of the matrix.',
    },
    {
      about: 'The jump on the membrane, (59) and (85)',
      printed: String.raw`\|[\phi-\phi_1]\|_{L^2(\Gamma_\varepsilon)}`,
      used: String.raw`\sqrt\varepsilon\,\|[\phi-\phi_1]\|_{L^2(\Gamma_\varepsilon)}`,
      why: 'The inequality of Gronwall controls the weighted norm. The error plot shows both; numerically the norm as printed falls too.',
    },
    {
      about: 'Corrector inside a cell that is cut off, (43)',
      printed: String.raw`\chi_I\ \text{is}\ Y\text{-periodic}`,
      used: String.raw`\chi_I^k = -(y_k-\bar y_k)\ \text{in each cell},\quad D_I^* = 0`,
      why: 'Nothing joins the cell to its copies, so periodicity says nothing; the corrector takes the gradient away, cell by cell.',
    },
    {
      about: 'Potential between isolated cells, (37)',
      printed: String.raw`-\nabla\!\cdot(\sigma_E D_E^*\nabla\phi_E) = 0,\quad \partial_\nu\phi_E = 0`,
      used: String.raw`\phi_E = 0`,
      why: 'With equal diffusivities and no current through the boundary this is the only solution of mean zero, which the paper does not say; a field needs a current, unequal ions, or a syncytium.',
    },
  ],
}
