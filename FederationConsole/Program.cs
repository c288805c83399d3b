using FederationConsole;

try
{
    if (Commands.Find(args, settings => Composition.Build(settings, Commands.KeepOutputClean), Console.Out) is { } command)
    {
        return await command();
    }

    await Composition.Build(args).RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Of(exception) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return StartFailure.Code;
}
