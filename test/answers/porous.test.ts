import { compareAnswers } from './compare.ts'

compareAnswers('porous')
