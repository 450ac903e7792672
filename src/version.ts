/** Of the program, as `package.json` has it (a test compares). Files and capsules name it. */
export const VERSION = '0.4.0'
