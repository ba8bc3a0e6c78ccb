namespace CanhLu.Duty;

/// <summary>What an officer reads: what waits, until when, and how to say that it was heard. Without marks it fits one SMS.</summary>
static class ReminderWording
{
    public static OwnWords Of(Proposal proposal, Site site, string code, bool isAgain)
    {
        var station = site.StationOf(proposal.Station)?.Name ?? proposal.Station;
        var until = proposal.DecideBy ?? proposal.NotAfter;
        var (vi, en) = proposal.Kind switch
        {
            BulletinKind.AllClear => ("tin hết cảnh báo", "the all-clear"),
            BulletinKind.Announcement => ("thông báo", "an announcement"),
            _ => ($"tin báo động {proposal.Level}", $"the warning of level {proposal.Level}"),
        };
        return new OwnWords(
            $"Canh Lũ{(isAgain ? " NHẮC LẠI" : "")}: cần quyết định {vi} tại {station} trước {OfficialWording.Hour(until, site.Zone, "vi")}. Trả lời {code} để báo đã nhận.",
            $"Canh Lu{(isAgain ? " AGAIN" : "")}: decide on {en} at {station} before {OfficialWording.Hour(until, site.Zone, "en")}. Reply {code} to say you have seen this.");
    }
}
