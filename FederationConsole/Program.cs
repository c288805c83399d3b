using FederationConsole;

if (Commands.Find(args, () => Composition.Build([]), Console.Out) is { } command)
{
    return await command();
}

await Composition.Build(args).RunAsync();
return 0;
