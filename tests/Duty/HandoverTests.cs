using CanhLu.Duty;
using Xunit;

namespace CanhLu.Tests.Duty;

public sealed class HandoverTests : IDisposable
{
    static readonly HandoverItem Alarm = new() { Kind = HandoverKind.Alarm, About = "episode/1", Name = "Tam Kỳ", Detail = "Báo động lũ", Level = AlarmLevel.II };
    static readonly HandoverItem Work = new() { Kind = HandoverKind.Maintenance, About = "maintenance/4", Name = "Camera 1", Detail = "lau kính" };

    readonly DutyOffice _office = new();

    [Fact]
    public void The_writer_holds_the_shift_until_every_item_is_accepted()
    {
        Assert.IsType<Answer.Done>(_office.Handovers.Write("nước đang rút", [Alarm, Work], "Lan"));
        Assert.Equal(["Words", "Alarm", "Maintenance"], Newest.Items.Select(item => item.Kind.ToString()));
        Assert.Equal("Lan", Newest.HeldBy);
        Accept(1, "Minh");
        Accept(3, "Minh");
        Assert.Equal(("Lan", true), (Newest.HeldBy, Newest.IsOpen));
        Accept(2, "Minh");
        Assert.Equal(("Minh", false), (Newest.HeldBy, Newest.IsOpen));
        Assert.Equal(["took over", "accepted", "accepted", "accepted", "handed over"], _office.Log.AuditOf("handover/1").Select(entry => entry.Action));
    }

    [Fact]
    public void An_item_that_is_accepted_twice_is_accepted_once_by_the_first()
    {
        _office.Handovers.Write("x", [Alarm], "Lan");
        Assert.IsType<Answer.Done>(_office.Handovers.Accept(1, 2, "Minh"));
        Assert.Equal("Minh", Assert.IsType<Answer.AlreadyDone>(_office.Handovers.Accept(1, 2, "Hoa")).By);
        Assert.Equal("Minh", Newest.Items[1].AcceptedBy);
        Assert.Single(_office.Log.AuditOf("handover/1"), entry => entry.Action == "accepted");
        Assert.IsType<Answer.NotFound>(_office.Handovers.Accept(1, 9, "Minh"));
        Assert.IsType<Answer.NotFound>(_office.Handovers.Accept(7, 1, "Minh"));
    }

    [Fact]
    public void Nobody_takes_a_shift_over_from_himself()
    {
        _office.Handovers.Write("x", [], "Lan");
        Assert.IsType<Answer.Refused>(_office.Handovers.Accept(1, 1, " lan "));
        Assert.True(Newest.IsOpen);
    }

    [Fact]
    public void While_one_waits_only_its_writer_writes_another_in_its_place()
    {
        _office.Handovers.Write("x", [Alarm], "Lan");
        Assert.IsType<Answer.Refused>(_office.Handovers.Write("y", [], "Minh"));
        Assert.IsType<Answer.Done>(_office.Handovers.Write("z", [Work], "Lan"));
        Assert.IsType<Answer.Refused>(_office.Handovers.Accept(1, 1, "Minh"));
        Assert.Equal(("z", true), (Newest.Text, Newest.IsOpen));
        Assert.Single(_office.Handovers.Newest(10), one => one.IsOpen);
        Accept(1, "Minh");
        Accept(2, "Minh");
        Assert.IsType<Answer.Done>(_office.Handovers.Write("y", [], "Minh"));
    }

    [Fact]
    public void A_handover_is_written_whole_or_not_at_all()
    {
        _office.SetFull(true);
        var items = Enumerable.Range(1, 2000).Select(i => Alarm with { About = $"episode/{i}", Detail = new string('x', 100) });
        Assert.IsType<Answer.NotStored>(_office.Handovers.Write("x", [.. items], "Lan"));
        Assert.Empty(_office.Handovers.Newest(10));
        Assert.Empty(_office.Log.AuditOf("handover/1"));
        _office.SetFull(false);
        Assert.IsType<Answer.Done>(_office.Handovers.Write("x", [.. items], "Lan"));
        Assert.Equal(2001, Newest.Items.Length);
    }

    [Fact]
    public void A_handover_has_words()
    {
        Assert.IsType<Answer.Refused>(_office.Handovers.Write(" ", [Alarm], "Lan"));
        Assert.Empty(_office.Handovers.Newest(10));
    }

    Handover Newest => _office.Handovers.Newest(10)[0];

    void Accept(int item, string who) => Assert.IsType<Answer.Done>(_office.Handovers.Accept(Newest.Id, item, who));

    public void Dispose() => _office.Dispose();
}
