using FederationConsole;

await Composition.Build(args).RunAsync();
