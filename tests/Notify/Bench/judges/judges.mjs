// What three calculators of npm say of texts: a JSON string a line on standard input, a JSON object a line on standard output.
import { createInterface } from 'node:readline';
import calculator from 'sms-segments-calculator';
import splitSms from 'split-sms';
import smsLength from 'sms-length';

const marks = /[\u0300-\u036f]/g;

const judge = text => {
  const segmented = new calculator.SegmentedMessage(text);
  const split = splitSms.split(text);
  const length = smsLength.count(text);
  return {
    calculator: {
      coding: segmented.encodingName,
      segments: segmented.segmentsCount,
      forced_by: [...new Set(segmented.getNonGsmCharacters())],
      // It keeps whole whatever a reader sees as one character: a letter with its marks, a flag, a family.
      clusters: segmented.graphemes.some(grapheme => [...grapheme].length > 1),
      cluster_lengths: segmented.graphemes.map(grapheme => grapheme.length),
    },
    split: { coding: split.characterSet === 'GSM' ? 'GSM-7' : 'UCS-2', segments: split.parts.length, parts: split.parts.map(part => part.content) },
    length: { coding: length.encoding === 'UTF16' ? 'UCS-2' : 'GSM-7', segments: length.messages },
    // The language's own way to take marks off: right for Vietnamese letters, and for nothing else.
    plain: text.normalize('NFD').replace(marks, '').replace(/đ/g, 'd').replace(/Đ/g, 'D'),
  };
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity }))
  process.stdout.write(JSON.stringify(judge(JSON.parse(line))) + '\n');
