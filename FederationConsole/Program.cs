using FederationConsole;

if (Commands.Find(args, settings => Composition.Build(settings, Commands.KeepOutputClean), Console.Out) is { } command)
{
    return await command();
}

await Composition.Build(args).RunAsync();
return 0;
