/**
 * Credits: how many frames the worker may compute. A speed in frames per second accrues them with time; few are ever
 * outstanding, so that a pause is obeyed at once.
 */
export class Pace {
  private owed = 0
  outstanding = 0

  /** Frames to grant now, after `elapsed` seconds at `speed` frames per second. */
  due(elapsed: number, speed: number): number {
    const ceiling = Number.isFinite(speed) ? Math.max(1, Math.ceil(speed / 15)) : 6
    const free = Math.max(0, ceiling - this.outstanding)
    if (!Number.isFinite(speed)) return this.grant(free)
    this.owed = Math.min(this.owed + elapsed * speed, ceiling)
    const frames = Math.min(Math.floor(this.owed), free)
    this.owed -= frames
    return this.grant(frames)
  }

  grant(frames: number): number {
    this.outstanding += frames
    return frames
  }

  arrived(): void {
    this.outstanding = Math.max(0, this.outstanding - 1)
  }

  reset(): void {
    this.owed = 0
    this.outstanding = 0
  }
}
