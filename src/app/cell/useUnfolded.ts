/** A form that stands open once it holds something, and folds by hand: props of its `details`. */
import { type ToggleEvent, useEffect, useState } from 'react'

export function useUnfolded(filled: boolean) {
  const [open, setOpen] = useState(filled)
  useEffect(() => {
    if (filled) setOpen(true)
  }, [filled])
  return { open, onToggle: (event: ToggleEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open) }
}
