/** RT/F at 25 °C, V: the unit of voltage in most of the literature. */
export const THERMAL_VOLTAGE = (8.314462618 * 298.15) / 96485.33212
