using CanhLu.Duty;
using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.Api;

/// <summary>What those are told who change something beside the site's files: its number, and whether it is in force already.</summary>
static class TakeOverRoutes
{
    sealed record TakenView(long Id, bool InForce);

    /// <summary>The answer to such a command; what was entered is brought into force first.</summary>
    public static async Task<IResult> InForce(Answer answer, SiteTakeOver takeOver, CancellationToken cancellation) =>
        answer is Answer.Done { Id: { } id } ? Results.Ok(new TakenView(id, await takeOver.AskAsync(cancellation))) : DutyRoutes.Said(answer);
}
