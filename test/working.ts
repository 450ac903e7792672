/** Limits of time are limits of work: what a busy machine does besides does not count. */

/** Starts a clock of this process's own processor time. @returns what it has used since, ms */
export function working(): () => number {
  const begun = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
}
