/** Whether the system asks for less motion: nothing starts or glides by itself then. */
export const wantsCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
