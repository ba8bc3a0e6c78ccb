import { type Desk, type Proposal, say } from "./desk";
import { carrierName, duration, type Language, levelName, time, word } from "./words";
import { whoIsOnDuty } from "./person";

export function Proposals({ desk, language }: { desk: Desk; language: Language }) {
  if (desk.proposals.length === 0) return null;
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{word(language, "decide")} <span class="count">{desk.proposals.length}</span></h2>
      {desk.proposals.map((proposal) => <ProposalCard key={proposal.id} proposal={proposal} language={language} />)}
    </section>
  );
}

function ProposalCard({ proposal, language }: { proposal: Proposal; language: Language }) {
  const decide = async (how: "approve" | "decline") => {
    const who = whoIsOnDuty(word(language, "whoAreYou"));
    if (!who) return;
    const reason = how === "decline" ? prompt(word(language, "whyNot")) : null;
    if (how === "decline" && !reason) return;
    const problem = await say(`/api/proposals/${proposal.id}/${how}`, { who, reason });
    if (problem) alert(problem);
  };
  return (
    <article class={`proposal level-${proposal.level}`}>
      <h3>{proposal.station_name} <span class="badge">{proposal.rule_name || levelName(language, proposal.level)}</span></h3>
      <p>{language === "vi" ? proposal.text_vi : proposal.text_en}</p>
      {proposal.because_vi && <p class="why">{language === "vi" ? proposal.because_vi : proposal.because_en}</p>}
      {proposal.decide_by && proposal.when_time_is_up && (
        <p class="clock">
          {word(language, "decideBefore")} <strong>{time(proposal.decide_by)}</strong>, {word(language, `then${proposal.when_time_is_up}`)}
        </p>
      )}
      {proposal.persons > 1 && (
        <p class="why">
          {word(language, "needsTwo")}{proposal.approved_by.length > 0 && ` — ${word(language, "approvedBy")} ${proposal.approved_by.join(", ")}`}
        </p>
      )}
      {proposal.called.map((call) => (
        <p class="age" key={call.name}>
          {word(language, "asked")} {call.name} {time(call.called_at)}
          {call.acknowledged_at ? ` · ${word(language, "heard")} ${time(call.acknowledged_at)}` : ` · ${word(language, "notHeard")}`}
        </p>
      ))}
      {proposal.last_safe_moment && (
        <p class="clock">
          {word(language, "lastSafe")} <strong>{time(proposal.last_safe_moment.at)}</strong> ({levelName(language, proposal.last_safe_moment.level)} {word(language, "expected")}{" "}
          {time(proposal.last_safe_moment.expected_from)})
        </p>
      )}
      {proposal.reach && (
        <p class="age">
          {proposal.reach.people.toLocaleString(language)} {word(language, "people")}
          {proposal.reach.carriers.map(({ carrier, people }) => ` · ${carrierName(carrier)} ${people.toLocaleString(language)}`)} · {duration(language, proposal.reach.seconds)}
          {proposal.reach.price !== null && ` · ${proposal.reach.price.toLocaleString(language)} đ`}
        </p>
      )}
      <p class="age">{proposal.sms_segments} {word(language, "segments")}: {proposal.sms_vi}</p>
      <p class="age">{word(language, "validUntil")} {time(proposal.not_after)}</p>
      <button type="button" class="primary" onClick={() => decide("approve")}>{word(language, "approve")}</button>
      <button type="button" onClick={() => decide("decline")}>{word(language, "decline")}</button>
    </article>
  );
}
