namespace FederationConsole.Features.VendorAccounts;

/// <summary>Marks VendorTexts.resx (Chinese) and VendorTexts.en.resx.</summary>
public sealed class VendorTexts;
