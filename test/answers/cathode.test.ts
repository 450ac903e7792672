import { compareAnswers } from './compare.ts'

compareAnswers('cathode')
