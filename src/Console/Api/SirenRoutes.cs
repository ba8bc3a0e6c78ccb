using System.Collections.Immutable;
using CanhLu.Notify.Sirens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Sirens and ward loudspeakers: what stands for them, and who has heard it.</summary>
static class SirenRoutes
{
    sealed record SirensView(string Line, string? Trouble, ImmutableArray<WardView> Wards, ImmutableArray<SirenNow> Sirens);

    sealed record WardView(
        string WardCode, string Topic, SirenState State, AlarmLevel Level, long Sequence, long? BulletinId, Instant StatedAt, Instant ValidUntil, bool Stated);

    public static void MapSirens(this IEndpointRouteBuilder api) => api
        .MapGet("/sirens", (SirenPublisher sirens) => new SirensView(
            sirens.Line, sirens.Trouble,
            [
                .. sirens.Wards.Select(ward => new WardView(
                    ward.Notice.WardCode, ward.Notice.Topic, ward.Notice.State, ward.Notice.Level, ward.Notice.Sequence, ward.Notice.BulletinId, ward.Notice.StatedAt,
                    ward.Notice.ValidUntil, ward.IsStated)),
            ],
            sirens.Sirens()))
        .WithSummary("What stands for the sirens of each ward, whether the door or the broker has it, and which siren has heard it.");
}
