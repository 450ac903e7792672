/** The laboratory by ear, where it is asked for: the first probe as a tone, and a moved shape in words. */

import { useEffect, useState } from 'react'
import { language } from '../../language/language.ts'
import { useLab, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import type { Session } from '../session/session.ts'
import { shownRange } from '../stage/show.ts'
import { editedCell, solvedCell } from '../store/edited.ts'
import type { LabState } from '../store/lab.ts'
import { nearestNode } from '../store/nodes.ts'
import { probePoints } from '../store/probes.ts'
import { valueAtNode } from '../store/quantities.ts'
import { pitchOf, shapeWords } from './heard.ts'

/** Words come at most this often, ms. */
const PAUSE = 1000
const LOUDNESS = 0.08
/** In which a tone glides to the next, s. */
const GLIDE = 0.05

export default function Heard() {
  const { tone, words, aloud } = useLab((s) => s.heard)
  return (
    <>
      {tone && <Tone />}
      {words && <Words aloud={aloud} />}
    </>
  )
}

function Tone() {
  const session = useSession()
  useEffect(() => {
    // The tick that asks for it is the gesture that browsers want before a sound.
    const audio = new AudioContext()
    const source = new OscillatorNode(audio, { type: 'triangle' })
    const volume = new GainNode(audio, { gain: 0 })
    source.connect(volume).connect(audio.destination)
    source.start()
    const play = () => {
      const pitch = session.lab.getState().status === 'running' ? pitchOnShow(session) : undefined
      if (pitch !== undefined) source.frequency.setTargetAtTime(pitch, audio.currentTime, GLIDE)
      volume.gain.setTargetAtTime(pitch === undefined ? 0 : LOUDNESS, audio.currentTime, GLIDE)
    }
    play()
    const stop = session.lab.subscribe(play)
    return () => {
      stop()
      void audio.close()
    }
  }, [session])
  return null
}

/** Of the field on show at the first probe, within the colours of the picture. */
function pitchOnShow(session: Session): number | undefined {
  const now = onShow(session)
  const range = shownRange(session, 'homogenized')
  const [point] = probePoints(session.lab.getState())
  if (!now || !range || !point) return undefined
  const { entry, index } = now
  return pitchOf(valueAtNode(entry, index, nearestNode(entry.full.checkpoint.macro, point)), range)
}

function Words({ aloud }: { aloud: boolean }) {
  const { lab } = useSession()
  const [said, setSaid] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const speak = () => {
      timer = undefined
      const text = wordsOf(lab.getState())
      if (text === undefined) return
      setSaid(text)
      if (!aloud) return
      speechSynthesis.cancel()
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = language()
      speechSynthesis.speak(utterance)
    }
    const stop = lab.subscribe((s, before) => {
      if (editedCell(s) !== editedCell(before) || s.cell !== before.cell || s.preview !== before.preview)
        timer ??= setTimeout(speak, PAUSE)
    })
    return () => {
      stop()
      clearTimeout(timer)
      if (aloud) speechSynthesis.cancel()
    }
  }, [lab, aloud])
  return (
    <p className="visually-hidden heard-words" aria-live="polite">
      {said}
    </p>
  )
}

/** The selected shape; with the tensors once they are those of its cell. */
function wordsOf(state: LabState): string | undefined {
  const cell = editedCell(state)
  const shape = cell.shapes[state.selectedShape]
  const { result, of } = solvedCell(state)
  return shape && shapeWords(shape, of === cell ? result : undefined)
}
