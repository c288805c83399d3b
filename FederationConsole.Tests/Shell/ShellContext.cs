using System.Globalization;
using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Shell;

/// <summary>A bunit context with the console's services, Chinese, a clock that the test moves, and a project called demo.</summary>
public abstract class ShellContext : BunitContext
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    protected ShellContext()
    {
        Speak("zh-CN");
        Services.AddLocalization();
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Clock);
    }

    internal ManualTime Clock { get; } = new();

    protected static ConsoleContext Demo { get; } = new(
        Actor.Host,
        new(new(1), "demo", "Demo", new(new(11), EnvironmentKind.Development), new(new(12), EnvironmentKind.Production)),
        new(new(11), EnvironmentKind.Development));

    protected static void Speak(string language) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    protected override void Dispose(bool disposing)
    {
        CultureInfo.CurrentUICulture = _before;
        base.Dispose(disposing);
    }
}
