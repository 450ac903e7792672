/**
 * The solver is large and needed for the first picture: its worker is made before anything else of the page is evaluated,
 * so that its code comes meanwhile.
 */
import { prepareSolver } from '../../worker/client.ts'

prepareSolver()
