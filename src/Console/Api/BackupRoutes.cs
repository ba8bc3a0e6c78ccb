using CanhLu.Archive;
using CanhLu.Console.Accounts;
using CanhLu.Console.Keeping;
using CanhLu.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Backups of both stores while the engine works.</summary>
static class BackupRoutes
{
    sealed record Wanted(string? Who);

    sealed record BackupView(string Folder, BackupManifest Holds);

    public static void MapBackups(this IEndpointRouteBuilder api)
    {
        // One at a time: two would only share the disk.
        var one = new SemaphoreSlim(1, 1);
        api.MapPost("/backups", async (Wanted said, ArchiveFile archive, Operations operations, Writings writings, IOptions<ArchiveOptions> options, IClock clock, CancellationToken cancellation) =>
        {
            if (DutyRoutes.Named(said.Who, null) is { } unnamed)
                return unnamed;
            if (!await one.WaitAsync(0, cancellation).ConfigureAwait(false))
                return Problems.Conflict("A backup is being made already. / Đang sao lưu rồi.");
            try
            {
                var (folder, manifest) = await Backup.Make(options.Value.Folder, archive.CopyTo, operations, clock, cancellation).ConfigureAwait(false);
                writings.Note(said.Who!, "made backup", $"backup/{Path.GetFileName(folder)}", new { manifest.Readings });
                return Results.Ok(new BackupView(Path.GetFullPath(folder), manifest));
            }
            catch (Exception trouble) when (trouble is IOException or ArchiveNotReadyException)
            {
                return Problems.Unavailable($"The backup was not made: {trouble.Message}");
            }
            finally
            {
                one.Release();
            }
        }).WithSummary("Copies both stores into a folder below the engine's, checks the copies, and says what they hold.");

        api.MapGet("/backups", (IOptions<ArchiveOptions> options) =>
        {
            var folder = Path.Combine(options.Value.Folder, Backup.FolderName);
            return Directory.Exists(folder)
                ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Reverse().Select(path => (Path: path, Manifest: BackupManifest.Of(path)))
                    .Where(found => found.Manifest is not null).Select(found => new BackupView(Path.GetFullPath(found.Path), found.Manifest!)).ToArray()
                : [];
        }).WithSummary("The backups that are kept below the engine's folder, newest first.");
    }
}
