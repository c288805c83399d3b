using System.Globalization;

namespace FederationConsole.Features.VendorAccounts.Reference;

/// <summary>The console shows the very file that the repository has.</summary>
public sealed partial class VendorReference
{
    private const string Resource = "vendor-accounts.md";

    /// <summary>Stands in the file between the Chinese text and the English one.</summary>
    private const string Border = "<!-- English -->";

    private string text = "";

    protected override void OnInitialized()
    {
        using var reader = new StreamReader(typeof(VendorReference).Assembly.GetManifestResourceStream(Resource)!);
        var parts = reader.ReadToEnd().Split(Border);
        var own = parts[CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? 1 : 0].Trim();
        // The page's header says the file's own title.
        text = own[(own.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
