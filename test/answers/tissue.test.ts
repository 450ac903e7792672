import { compareAnswers } from './compare.ts'

compareAnswers('tissue')
