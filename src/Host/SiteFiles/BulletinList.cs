namespace CanhLu.Host.SiteFiles;

/// <summary>The wordings of <c>bulletins.yaml</c>.</summary>
static class BulletinList
{
    /// <summary>Reads the file.</summary>
    public static void Read(Section file, Draft draft)
    {
        if (file.List("bulletins") is { } list)
        {
            var taken = new Dictionary<(BulletinKind?, Cause?, AlarmLevel?), Place>();
            foreach (var section in Section.Entries(draft.Findings, list, "bulletin", "kind"))
                Read(section, draft, taken);
            // What is missing can only be told when the rest is right.
            if (file.Sound && draft.RulesSound && draft.SiteSound)
                BulletinCover.Check(list, draft);
        }
        file.Done();
    }

    static void Read(Section section, Draft draft, Dictionary<(BulletinKind?, Cause?, AlarmLevel?), Place> taken)
    {
        var kind = section.Word("kind", Words.BulletinKinds);
        var cause = section.Word("cause", Words.Causes);
        var level = section.WordOrNone("level", Words.Levels);
        if (level is not null && kind == BulletinKind.AllClear)
            section.WrongAt("level", "an all-clear has no level", "take level out");
        else if (level is not null && cause is not (null or Cause.Threshold))
            section.WrongAt("level", "only the ladder of thresholds has levels", "take level out");
        else if (kind is not null && cause is not null && !taken.TryAdd((kind, cause, level), section.Node.Place))
            section.WrongAt("cause", "another entry has this kind, cause and level",
                $"keep one: the first is on line {taken[(kind, cause, level)].Line}");
        if (section.Within("texts", $"{section.What}, texts") is { } texts)
        {
            foreach (var language in Words.Languages)
                if (texts.Within(language, $"{section.What} in {language}") is { } wording)
                    Read(wording, language, kind, cause, level, draft);
            texts.Done();
        }
        section.Done();
    }

    static void Read(Section section, string language, BulletinKind? kind, Cause? cause, AlarmLevel? level, Draft draft)
    {
        var text = section.Text("text");
        var sms = section.TextOrNone("sms");
        var zalo = section.TextOrNone("zalo_template");
        if (text is not null)
            Slots.Check(section, "text", text, kind, cause, draft);
        if (sms is not null)
            Slots.Check(section, "sms", sms, kind, cause, draft);
        if ((sms ?? text) is { } sent && section.Sound && Slots.SmsLetters(sent, draft) is var letters and > Slots.MostSmsLetters)
            section.WrongAt(sms is null ? "text" : "sms", $"an SMS of it has {letters} letters when its slots are filled",
                $"keep it within {Slots.MostSmsLetters}, two SMS; better 160, one SMS{(sms is null ? ", in a shorter wording under sms" : "")}");
        section.Done();
        if (section.Sound && kind is not null && cause is not null)
            draft.Templates.Add(new(kind.Value, cause.Value, level, language, text!.Trim(), sms?.Trim(), zalo));
    }
}
