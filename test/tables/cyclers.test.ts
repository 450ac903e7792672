/** The beginnings of files as cyclers and potentiostats write them, by maker: what is drawn, and against what. */
import { expect, it } from 'vitest'
import { propose } from '../../src/tables/mapping.ts'
import { readTable } from '../../src/tables/read.ts'
import { take } from '../../src/tables/take.ts'

interface Sample {
  maker: string
  lines: readonly string[]
  time?: readonly number[]
  voltage?: readonly number[]
  /** Columns that are used for time and voltage, or for frequency and Re Z. */
  used: readonly [string, string]
  asked?: number
}

const SAMPLES: readonly Sample[] = [
  {
    maker: 'Arbin',
    lines: [
      'Data_Point,Test_Time(s),Date_Time,Step_Time(s),Step_Index,Cycle_Index,Current(A),Voltage(V),Charge_Capacity(Ah),Discharge_Capacity(Ah),Charge_Energy(Wh),Discharge_Energy(Wh),dV/dt(V/s),Internal_Resistance(Ohm),Is_FC_Data',
      '1,30.001,2015-10-28 15:21:45,30.001,1,1,0,3.2976,0,0,0,0,0,0,0',
      '2,60.002,2015-10-28 15:22:15,30.001,1,1,0.55,3.3104,0.01,0,0,0,0,0.07,0',
    ],
    time: [0, 30.001],
    voltage: [3.2976, 3.3104],
    used: ['Test_Time(s)', 'Voltage(V)'],
  },
  {
    maker: 'Neware, with step times alone',
    lines: [
      'Record number\tState\tJump\tCycle\tSteps\tCurrent(mA)\tVoltage(V)\tCapacity(mAh)\tEnergy(mWh)\tRelative Time(h:min:s.ms)\tDate(h:min:s.ms)',
      '1\tCC_DChg\t1\t1\t1\t-0.5\t3.2\t0\t0\t0:00:00.000\t2019-05-14 11:30:08',
      '2\tCC_DChg\t1\t1\t1\t-0.5\t3.1\t0.1\t0\t0:01:00.500\t2019-05-14 11:31:08',
    ],
    time: [0, 60.5],
    voltage: [3.2, 3.1],
    used: ['Relative Time(h:min:s.ms)', 'Voltage(V)'],
  },
  {
    maker: 'BioLogic',
    lines: [
      'EC-Lab ASCII FILE',
      'Nb header lines : 6                          ',
      '',
      'Galvanostatic Cycling with Potential Limitation',
      'Electrode surface area : 0.785 cm²',
      'mode\tox/red\terror\tcontrol changes\tNs changes\tcounter inc.\tNs\ttime/s\tcontrol/mA\tdq/mA.h\tEwe/V\tQ charge/discharge/mA.h\tI/mA\tcycle number\tx\t',
      '3\t0\t0\t0\t0\t1\t0\t0,000000000000000E+000\t-1,0\t0,0\t3,4205000E+000\t0,0\t-1,0\t0\t0,1\t',
      '1\t0\t0\t0\t0\t0\t1\t1,000000000000000E+001\t-1,0\t0,0\t3,4105000E+000\t0,1\t-1,0\t0\t0,2\t',
    ],
    time: [0, 10],
    voltage: [3.4205, 3.4105],
    used: ['time/s', 'Ewe/V'],
  },
  {
    maker: 'BioLogic, impedance',
    lines: [
      'EC-Lab ASCII FILE',
      'Nb header lines : 3',
      'freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\ttime/s\t<Ewe>/V\t<I>/mA\tCs/µF\tcycle number\t',
      '1.0E+005\t5.5\t-0.1\t5.5\t1\t10\t3.4\t0\t1\t1\t',
      '1.0E+004\t5.9\t0.4\t5.9\t-4\t20\t3.4\t0\t1\t1\t',
    ],
    used: ['freq/Hz', 'Re(Z)/Ohm'],
    asked: 1,
  },
  {
    maker: 'Gamry, impedance',
    lines: [
      'EXPLAIN',
      'TAG\tEISPOT',
      'TITLE\tLABEL\tPotentiostatic EIS\tTest &Identifier',
      'ZCURVE\tTABLE',
      '\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tIdc\tVdc\tIERange',
      '\t#\ts\tHz\tohm\tohm\tV\tohm\t°\tA\tV\t#',
      '\t0\t1\t100019.5\t9.6\t-1.2\t1\t9.7\t-7.2\t1E-6\t3.4\t9',
      '\t1\t2\t79453.1\t9.7\t-1.3\t1\t9.8\t-7.6\t1E-6\t3.4\t9',
    ],
    used: ['Freq [Hz]', 'Zreal [ohm]'],
    asked: 1,
  },
  {
    maker: 'Basytec',
    lines: [
      '~Resultfile from Basytec Battery Test System',
      '~Date and Time of Data Converting: 07.03.2023 13:16:37',
      '~Name of Test: cell 3',
      '~Battery: LFP',
      '~Time[h]\tDataSet\tt-Step[h]\tLine\tCommand\tU[V]\tI[A]\tAh[Ah]\tT1[°C]',
      '0.0\t1\t0.0\t3\tPause\t3.31\t0.0\t0.0\t25',
      '0.5\t2\t0.1\t4\tCharge\t3.35\t1.0\t0.5\t25',
    ],
    time: [0, 1800],
    voltage: [3.31, 3.35],
    used: ['~Time[h]', 'U[V]'],
  },
  {
    maker: 'Digatron',
    lines: [
      'Test name: LFP 3',
      'Operator: A',
      '',
      'Step,Status,Prog Time,Step Time,Cycle,Cycle Level,Procedure,Voltage,Current,AhAccu,AhPrev,WhAccu,Watt,Temp01',
      ',,,,,,,[V],[A],[Ah],[Ah],[Wh],[W],[°C]',
      '1,PAU,00:00:00.00,00:00:00.00,0,0,LFP,3.3,0,0,0,0,0,25',
      '2,DCH,00:00:10.50,00:00:10.50,0,0,LFP,3.2,-1,-0.003,0,0,0,25',
    ],
    time: [0, 10.5],
    voltage: [3.3, 3.2],
    used: ['Prog Time', 'Voltage [V]'],
  },
  {
    maker: 'Landt',
    lines: [
      'Record\tTestTime/Sec.\tStepTime/Sec.\tCurrent/mA\tCapacity/mAh\tSpeCap/mAh/g\tVoltage/V\tSysTime',
      '1\t0\t0\t0.1\t0\t0\t3.1\t2023-01-02 03:04:05',
      '2\t60\t60\t0.1\t0.002\t1\t3.2\t2023-01-02 03:05:05',
    ],
    time: [0, 60],
    voltage: [3.1, 3.2],
    used: ['TestTime/Sec.', 'Voltage/V'],
  },
  {
    maker: 'Maccor, with clocks',
    lines: [
      "Today's Date\t03/10/2023\tDate of Test:\t03/08/2023",
      'Rec\tCycle P\tStep\tTest Time\tStep Time\tCapacity\tEnergy\tCurrent\tVoltage\tMD\tES\tDPT Time',
      '1\t0\t1\t  0d 00:00:00.00\t  0d 00:00:00.00\t0.0\t0.0\t0.0\t3.3\tR\t0\t03/08/2023 10:00:00 AM',
      '2\t0\t1\t  0d 00:00:10.00\t  0d 00:00:10.00\t0.0\t0.0\t0.0\t3.29\tR\t1\t03/08/2023 10:00:10 AM',
    ],
    time: [0, 10],
    voltage: [3.3, 3.29],
    used: ['Test Time', 'Voltage'],
    // The units of capacity and current, which no curve over time waits for.
    asked: 2,
  },
  {
    maker: 'Battery Data Format',
    lines: [
      'test_time_second,voltage_volt,current_ampere,cycle_count,step_count,ambient_temperature_celsius,discharging_capacity_ah',
      '0,4.1,-1,1,1,25,0',
      '1,4.0,-1,1,1,25,0.0003',
    ],
    time: [0, 1],
    voltage: [4.1, 4.0],
    used: ['test_time_second', 'voltage_volt'],
  },
  {
    maker: 'Battery Data Format, by labels',
    lines: ['Test Time / s,Voltage / V,Current / A,Unix Time / s', '0,4.1,-1,1700000000', '1,4.0,-1,1700000001'],
    time: [0, 1],
    voltage: [4.1, 4.0],
    used: ['Test Time / s', 'Voltage / V'],
  },
  {
    maker: 'PyBaMM',
    lines: ['Time [s],Terminal voltage [V],Current [A],Discharge capacity [A.h]', '0,3.8,5,0', '60,3.7,5,0.083'],
    time: [0, 60],
    voltage: [3.8, 3.7],
    used: ['Time [s]', 'Terminal voltage [V]'],
  },
  {
    maker: 'Battery Archive',
    lines: [
      'Date_Time,Test_Time (s),Cycle_Index,Current (A),Voltage (V),Charge_Capacity (Ah),Discharge_Capacity (Ah),Cell_Temperature (C)',
      '2019-01-01 00:00:01,1.0,1,-1.5,3.9,0,0.0004,23',
      '2019-01-01 00:00:02,2.0,1,-1.5,3.8,0,0.0008,23',
    ],
    time: [0, 1],
    voltage: [3.9, 3.8],
    used: ['Test_Time (s)', 'Voltage (V)'],
  },
  {
    maker: 'a spreadsheet in German',
    lines: ['Zeit [h];Spannung [V];Strom [mA]', '0,00;3,42;-1,5', '0,25;3,40;-1,5'],
    time: [0, 900],
    voltage: [3.42, 3.4],
    used: ['Zeit [h]', 'Spannung [V]'],
  },
  {
    maker: 'PeakTech, a clock and marks between',
    lines: ['Nr | Elapsed time | U in V', '1 | 00:00:00 | 3.42', '2 | 00:00:05 | 3.41'],
    time: [0, 5],
    voltage: [3.42, 3.41],
    used: ['Elapsed time', 'U in V'],
  },
]

it.each(SAMPLES)('$maker', ({ lines, time, voltage, used, asked = 0 }) => {
  const table = readTable(lines.join('\r\n'))
  const { mapping, questions } = propose(table)
  expect(questions).toHaveLength(asked)
  const nameOf = (role: string) => table.columns[mapping.choices.findIndex((c) => c.role === role)]?.name
  const roles = voltage ? ['time', 'voltage'] : ['frequency', 'real']
  expect(roles.map(nameOf)).toEqual(used)
  const { track, spectrum } = take(table, { ...mapping, area: 1e-4 })
  if (!voltage) {
    expect(spectrum?.frequency).toHaveLength(2)
    return
  }
  for (const [k, t] of (time ?? []).entries()) expect(track?.time?.[k]).toBeCloseTo(t, 9)
  expect(track?.voltage).toEqual(voltage)
})
