namespace FederationConsole.Data;

/// <summary><c>-- backup FILE</c> and <c>-- restore FILE [--replace]</c>.</summary>
internal sealed class BackupCommands(Backup backup)
{
    private const int Done = 0;
    private const int Refused = 1;

    /// <summary>Written beside the target and moved into place, so that a copy that failed never looks like one.</summary>
    public async Task<int> BackupAsync(TextWriter output, string file)
    {
        var unfinished = file + ".unfinished";
        try
        {
            long rows;
            await using (var stream = new FileStream(unfinished, FileMode.Create))
            {
                rows = await backup.WriteAsync(stream);
            }

            File.Move(unfinished, file, overwrite: true);
            await output.WriteLineAsync($"{file}: {rows} rows");
            return Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{file}: {exception.Message}");
            return Refused;
        }
    }

    public async Task<int> RestoreAsync(TextWriter output, string file, bool replace)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var rows = await backup.ReadAsync(stream, replace);
            await output.WriteLineAsync(rows < 0 ? "The database has projects or administrators of its own; --replace takes the copy instead of them." : $"{rows} rows restored");
            return rows < 0 ? Refused : Done;
        }
        catch (Exception exception) when (exception is InvalidDataException or System.Text.Json.JsonException)
        {
            await output.WriteLineAsync($"{file} is no whole backup: {exception.Message}");
            return Refused;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{file}: {exception.Message}");
            return Refused;
        }
    }
}
