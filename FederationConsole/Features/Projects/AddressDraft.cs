namespace FederationConsole.Features.Projects;

/// <summary>One line of a list of addresses, as it is being typed.</summary>
public sealed class AddressRow(string text)
{
    public string Text { get; set; } = text;
}

/// <summary>The addresses of a credential as they are being edited; empty lines do not count.</summary>
public sealed class AddressDraft(CredentialDetails from)
{
    private CredentialDetails _from = from;

    public List<AddressRow> RedirectRows { get; } = [.. from.RedirectUris.Select(u => new AddressRow(u))];

    public List<AddressRow> OriginRows { get; } = [.. from.Origins.Select(o => new AddressRow(o))];

    /// <summary>What the draft was filled from.</summary>
    public int Version => _from.Version;

    public IReadOnlyList<string> RedirectUris => Texts(RedirectRows);

    public IReadOnlyList<string> Origins => Texts(OriginRows);

    public bool IsDirty => !RedirectUris.SequenceEqual(_from.RedirectUris, StringComparer.Ordinal) || !Origins.SequenceEqual(_from.Origins, StringComparer.Ordinal);

    /// <summary>What the service would say to it.</summary>
    public bool IsWrong => Addresses.CheckRedirects(RedirectUris) is not null || Addresses.CheckOrigins(Origins) is not null;

    /// <summary>To be saved over somebody else's, who has been read.</summary>
    public void PutOver(CredentialDetails theirs) => _from = theirs;

    private static List<string> Texts(List<AddressRow> rows) => [.. rows.Select(r => r.Text.Trim()).Where(t => t.Length > 0)];
}
