using CanhLu.Database;

namespace CanhLu.Duty;

/// <summary>The part's statements, <c>Sql/*.sql</c>.</summary>
static class Statements
{
    public static readonly string Alarms = Of("alarms");
    public static readonly string RememberAlarm = Of("remember-alarm");
    public static readonly string Episodes = Of("episodes");
    public static readonly string OpenAnnouncement = Of("open-announcement");
    public static readonly string OpenCanary = Of("open-canary");
    public static readonly string OpenEpisode = Of("open-episode");
    public static readonly string ChangeEpisode = Of("change-episode");
    public static readonly string Acknowledge = Of("acknowledge");
    public static readonly string Bulletins = Of("bulletins");
    public static readonly string Publish = Of("publish");
    public static readonly string ReplaceOlder = Of("replace-older");
    public static readonly string Owed = Of("owed");
    public static readonly string Proposals = Of("proposals");
    public static readonly string Propose = Of("propose");
    public static readonly string Decide = Of("decide");
    public static readonly string WaitingOfAlarm = Of("waiting-of-alarm");
    public static readonly string WaitingTooLong = Of("waiting-too-long");
    public static readonly string Maintenance = Of("maintenance");
    public static readonly string OpenMaintenance = Of("open-maintenance");
    public static readonly string EndMaintenance = Of("end-maintenance");
    public static readonly string Quieten = Of("quieten");
    public static readonly string BegunSince = Of("begun-since");
    public static readonly string HighestTold = Of("highest-told");
    public static readonly string Releases = Of("releases");
    public static readonly string EnterRelease = Of("enter-release");
    public static readonly string EndRelease = Of("end-release");
    public static readonly string Note = Of("note");
    public static readonly string Audit = Of("audit");

    static string Of(string name) => Sql.Of(typeof(Statements).Assembly, name);
}
