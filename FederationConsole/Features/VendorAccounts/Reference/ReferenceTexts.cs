namespace FederationConsole.Features.VendorAccounts.Reference;

/// <summary>Names the resources.</summary>
public sealed class ReferenceTexts;
