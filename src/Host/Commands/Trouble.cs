using System.Net.Sockets;
using CanhLu.Archive;
using CanhLu.Database;
using CanhLu.Notify;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Commands;

/// <summary>Says what stands in the way of a start in one clear sentence, and answers with an exit code. What is our own mistake is thrown on.</summary>
static class Trouble
{
    public static int Catch(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (Sentence(exception) is not null)
        {
            System.Console.Error.WriteLine(Sentence(exception));
            return ExitCode.No;
        }
    }

    public static async Task<int> Catch(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was starting.
            return ExitCode.Done;
        }
        catch (Exception exception) when (Sentence(exception) is not null)
        {
            await System.Console.Error.WriteLineAsync(Sentence(exception));
            return ExitCode.No;
        }
    }

    static string? Sentence(Exception exception) => exception switch
    {
        // Kestrel's own message names the address.
        IOException { InnerException: AddressInUseException } used =>
            $"{used.Message.TrimEnd('.')}. End the program that listens there, or choose another address with --urls, --mqtt or, for a demo, --handsets.",
        IOException { InnerException: SocketException } refused => $"{refused.Message.TrimEnd('.')}. Choose an address of this machine with --urls or --mqtt.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "The port may not be opened by this account: choose one above 1023.",
        NewerSchemaException or WrongStoreException or NotARosterException or ArchiveRefusedException or DataFolderException => exception.Message,
        SqliteException sqlite => $"The operations store cannot be opened: {sqlite.Message} Does another engine use the same --data folder, or is the folder read-only?",
        UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException => exception.Message,
        OptionsValidationException wrong => "The configuration is wrong: " + string.Join("; ", wrong.Failures),
        _ => null,
    };
}
