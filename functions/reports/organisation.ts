import type { Material } from './material.ts';
import { untilWords } from './period-words.ts';
import { joined, type Pieces, sentence } from './pieces.ts';
import type { Amount, Writer } from './writer.ts';

/** What is trained is reported by activities, as their outputs. */
const trainings = 'outputs.trainingsHeld';
const trained = 'outputs.personsTrained';

/** 二、组织与队伍. */
export const organisation = (material: Material, writer: Writer): readonly Pieces[] => {
  const { say, inText } = writer;
  const { figures } = material;
  const until = untilWords(material, writer);
  const said = (number: Amount | undefined, say: (figure: Pieces) => Pieces): Pieces =>
    number ? say([inText(number)]) : [];
  const of = (metric: string) => writer.counted(figures, metric);
  const soon = material.firstServices?.within60Days ?? null;
  const lines = [
    said(of('partners'), (n) => say(sentence`共建单位${n}家`, sentence`partners: ${n}`)),
    said(of('teamsFormed'), (n) =>
      say(sentence`新组建志愿服务队${n}支`, sentence`teams formed: ${n}`),
    ),
    said(of('teams'), (n) =>
      say(sentence`截至${until}有志愿服务队${n}支`, sentence`teams as of ${until}: ${n}`),
    ),
    said(of('volunteersRegistered'), (n) =>
      say(sentence`新增注册志愿者${n}人`, sentence`newly registered volunteers: ${n}`),
    ),
    said(
      soon === null ? undefined : writer.other('firstServiceWithin60Days', soon, 'counted'),
      (n) =>
        say(
          sentence`其中六十天内参加首次服务${n}人`,
          sentence`of whom served within sixty days: ${n}`,
        ),
    ),
    said(of(trainings), (n) => say(sentence`开展培训${n}场`, sentence`trainings held: ${n}`)),
    said(of(trained), (n) => say(sentence`参加培训${n}人次`, sentence`training attendances: ${n}`)),
  ];
  const all = joined(lines, say('；', '; '));
  return [all.length === 0 ? writer.unknown : say(sentence`${all}。`, sentence`${all}.`)];
};
