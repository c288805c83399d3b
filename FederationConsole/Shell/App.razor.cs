using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell;

/// <summary>The document around every page. Console pages run on a circuit; account pages are plain HTML and forms.</summary>
public sealed partial class App
{
    // Not prerendered: a page would load its data twice, and show buttons before they work. BootFrame stands in meanwhile.
    private static readonly InteractiveServerRenderMode Circuit = new(prerender: false);

    /// <summary>Changes with each build, so that a browser never mixes two versions' files.</summary>
    private static readonly string Build = typeof(App).Module.ModuleVersionId.ToString("N")[..8];

    private Preferences preferences = new(null, false);

    [Inject] private IStringLocalizer<ShellTexts> T { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    private IComponentRenderMode? Mode => Http.AcceptsInteractiveRouting() ? Circuit : null;

    protected override void OnInitialized() => preferences = Preferences.Of(Http.Request);

    private static string Sheet(string theme, string part) =>
        $"/_content/Radzen.Blazor/css/standard{(theme == "dark" ? "-dark" : "")}-{part}.css?v={Build}";
}
