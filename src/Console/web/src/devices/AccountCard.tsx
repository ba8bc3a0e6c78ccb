import { useLoad } from "../parts/load";
import { time } from "../words/format";
import { type Accounts, askToGive, askToRenew, askToRevoke } from "./accounts";
import { word } from "./words";

/** By what a device comes in at the door; and giving, renewing and revoking it. */
export function AccountCard({ device }: { device: string }) {
  const { is: all, wrong, again } = useLoad<Accounts>("/api/devices/accounts");
  const account = all?.accounts.find((one) => one.device === device);
  const isIn = account !== undefined && account.revoked_at === null;
  return (
    <section class="card stack tight" aria-labelledby="account">
      <h2 id="account">{word("account")}</h2>
      {wrong && <p class="note bad" role="alert">{wrong}</p>}
      {!all && !wrong && <p class="soft">…</p>}
      {all && !all.is_door && <p>{word("brokerAccounts")} <code>{all.broker}</code></p>}
      {all?.is_door && (
        <>
          {isIn ? <p>{word("hasAccount")} {time(account.made_at)} · {account.made_by}{account.renewed_at && ` · ${word("renewed")} ${time(account.renewed_at)} · ${account.renewed_by}`}</p>
            : account ? <p>{word("wasRevoked")}: {time(account.revoked_at!)} · {account.revoked_by}</p>
            : <p>{word("noAccount")}</p>}
          {isIn && account.former_until && <p class="note">{word("formerUntil")} {time(account.former_until)}.</p>}
          <div class="actions no-print">
            {isIn
              ? <><button type="button" onClick={() => askToRenew(device, again)}>{word("renew")}</button><button type="button" class="danger" onClick={() => askToRevoke(device, again)}>{word("revoke")}</button></>
              : <button type="button" onClick={() => askToGive(device, again)}>{word("give")}</button>}
          </div>
        </>
      )}
    </section>
  );
}
