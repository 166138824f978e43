import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { entry, maxEntries, minutes } from '../../events/participation.ts';

export const once = { message: '同一人不得重复 / nobody is named twice' };
export const isOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const people = z
  .array(uuid)
  .min(1)
  .max(maxEntries)
  .refine(isOnce, once)
  .describe('The ids of volunteers.');

export const selection = z
  .union(
    [
      z.literal('all'),
      z.strictObject({ allBut: people }).meta({ id: 'AllBut', description: 'All but these.' }),
      people,
    ],
    {
      error:
        '须为 all、allBut 或志愿者编号的列表：1 至 200 人，不得重复 / must be "all", {"allBut": […]} or a list of volunteers’ ids: 1 to 200, each once',
    },
  )
  .meta({
    id: 'EntrySelection',
    description: 'All lines that the actor may do this to, all but some, or these.',
  });
export const atomic = z
  .boolean()
  .default(true)
  .describe(
    'Whether all named entries are changed or none. With false, the answer lists the rest with reasons.',
  );

const phone = z.string().min(1).max(40);

export const given = z
  .strictObject({
    volunteerId: uuid.optional(),
    phone: phone.optional().describe('Instead of the volunteer’s id, from a paper roll.'),
    idNumber: z.string().min(1).max(40).optional(),
    name: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe(
        'Beside a number: the name that the roll has. Then the number leads to somebody of this name only.',
      ),
    attendedMinutes: minutes.optional(),
    creditedMinutes: minutes.optional().describe('By default the attended minutes.'),
    onDuty: z
      .boolean()
      .default(false)
      .describe('On duty at the workplace: a person-time without hours.'),
    origin: entry.shape.origin,
  })
  .refine(
    ({ volunteerId, phone: called, idNumber }) =>
      [volunteerId, called, idNumber].filter((each) => each !== undefined).length === 1,
    {
      path: ['volunteerId'],
      message:
        '请填写志愿者编号、手机号、证件号码之一 / name the person by one of volunteerId, phone, idNumber',
    },
  )
  .refine(({ volunteerId, name }) => name === undefined || volunteerId === undefined, {
    path: ['name'],
    message: '姓名只与手机号或证件号码同填 / the name goes with a phone or an ID number only',
  })
  .refine(({ attendedMinutes, onDuty }) => (attendedMinutes === undefined) === onDuty, {
    path: ['attendedMinutes'],
    message:
      '须填写参与分钟数；在岗人员不填 / the minutes are required, except of somebody on duty, who has none',
  })
  .refine(({ creditedMinutes, onDuty }) => !onDuty || creditedMinutes === undefined, {
    path: ['creditedMinutes'],
    message: '在岗人员不计时长 / somebody on duty has no hours',
  })
  .refine(
    ({ attendedMinutes = 0, creditedMinutes = attendedMinutes }) =>
      creditedMinutes <= attendedMinutes,
    {
      path: ['creditedMinutes'],
      message: '计入时长不得超过参与时长 / no more may be credited than attended',
    },
  )
  .meta({ id: 'HoursInput', description: 'A person on a roll, and their time.' });

export const correction = z
  .strictObject({
    volunteerId: uuid,
    serviceDate: localDate.optional(),
    attendedMinutes: minutes.optional(),
    creditedMinutes: minutes.optional(),
    onDuty: z.boolean().optional(),
  })
  .refine(
    ({ onDuty, attendedMinutes, creditedMinutes }) =>
      !onDuty || (attendedMinutes === undefined && creditedMinutes === undefined),
    { path: ['onDuty'], message: '在岗人员不计时长 / somebody on duty has no hours' },
  )
  .meta({
    id: 'HoursCorrection',
    description: 'What changes in the entry of a person; what is left out stays.',
  });
