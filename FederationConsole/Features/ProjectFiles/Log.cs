namespace FederationConsole.Features.ProjectFiles;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Actor} imported {Projects} projects with {Changes} changes")]
    public static partial void Imported(ILogger logger, int projects, int changes, string actor);

    [LoggerMessage(Level = LogLevel.Information, Message = "Seed {File} is imported")]
    public static partial void Seeded(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Seed {File} was imported at an earlier start")]
    public static partial void SeedKnown(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was kept of project {Project} could not be taken over and stays as it is: {Faults}")]
    public static partial void NotTakenOver(ILogger logger, string project, string faults);
}
