import type { Proposal } from "../desk/desk";
import { useLoad } from "../parts/load";
import { carrierName } from "../words/names";
import { dong, segmentsOf, word } from "./words";

/** What people will read, in every language and by every carrier; what several carriers say alike is shown once. */
export function Texts({ proposal }: { proposal: Proposal }) {
  const bench = useLoad<{ price_per_segment: number | null }>("/api/sms?text=a");
  const price = bench.is?.price_per_segment ?? null;
  const alike = new Map<string, { text: Proposal["texts"][number]; carriers: string[] }>();
  for (const text of proposal.texts) {
    const key = `${text.language}\n${text.segments}\n${text.text}`;
    const known = alike.get(key);
    if (!known) alike.set(key, { text, carriers: [carrierName(text.carrier)] });
    else if (!known.carriers.includes(carrierName(text.carrier))) known.carriers.push(carrierName(text.carrier));
  }
  return (
    <section class="card stack" aria-labelledby="texts">
      <h3 id="texts">{word("what")}</h3>
      <dl class="texts">
        {alike.size === 0 && <><dt>SMS · {segmentsOf(proposal.sms_segments)}</dt><dd lang="vi">{proposal.sms_vi}</dd></>}
        {[...alike].map(([key, { text, carriers }]) => (
          <div key={key}>
            <dt>
              <strong>{carriers.join(", ")}</strong> · {word(text.language)} ·{" "}
              {text.segments === null ? word("form") : `${segmentsOf(text.segments)} ${text.coding}`}
              {text.segments !== null && price !== null && ` · ${dong(text.segments * price)} ${word("each")}`}
            </dt>
            <dd lang={text.language}>{text.text}</dd>
          </div>
        ))}
        {![...alike.values()].some(({ text }) => text.text === proposal.text_vi) && <div><dt>{word("whole")} · {word("vi")}</dt><dd lang="vi">{proposal.text_vi}</dd></div>}
      </dl>
    </section>
  );
}
