using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// Projects as an admin would set them up. Null means that the file does not name the key; a <see cref="Secret"/> that is
/// <see cref="Secret.AsItIs"/> is one that the file names without telling it. What each key takes stands in <see cref="ProjectFileShape"/>.
/// </summary>
public sealed record ProjectFile
{
    public IReadOnlyList<ProjectEntry>? Projects { get; init; }
}

public sealed record ProjectEntry
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public TenantEntry? Tenant { get; init; }
    public PerEnvironment<EnvironmentEntry>? Environments { get; init; }
    public IReadOnlyList<AppEntry>? Apps { get; init; }
}

/// <summary>What seed 004's user info says of the project.</summary>
public sealed record TenantEntry
{
    public string? CustomerId { get; init; }
    public string? CustomerName { get; init; }
    public string? AddressType { get; init; }
    public string? ErpVersions { get; init; }
}

/// <summary>扫码登录 (seed 004).</summary>
public sealed record QrLoginEntry
{
    public bool? NumberMatching { get; init; }
    public int? Refreshes { get; init; }
}

/// <summary>The two environments that every project has.</summary>
public sealed record PerEnvironment<T>(T? Development, T? Production)
    where T : class;

public sealed record EnvironmentEntry
{
    public string? CorpId { get; init; }
    public HostsEntry? Hosts { get; init; }
    public MessageProviderEntry? Sms { get; init; }
    public MessageProviderEntry? Mail { get; init; }
    public PoliciesEntry? Policies { get; init; }
    public IReadOnlyList<string>? ReturnUrls { get; init; }
    public IReadOnlyList<SourceEntry>? Sources { get; init; }
    public IReadOnlyList<AttributeEntry>? Attributes { get; init; }
    public IReadOnlyList<WebhookEntry>? Webhooks { get; init; }
    public IReadOnlyList<MeetingDraft>? Meetings { get; init; }
}

public sealed record HostsEntry(string? Oauth, string? OpenApi, string? Conf);

/// <summary>Who sends text messages or mails; which keys it has depends on the provider.</summary>
public sealed record MessageProviderEntry
{
    public required MessageProvider Provider { get; init; }
    public string? Url { get; init; }
    public Secret? Token { get; init; }
    public string? Host { get; init; }
    public int? Port { get; init; }
    public SmtpSecurity? Security { get; init; }
    public string? UserName { get; init; }
    public Secret? Password { get; init; }
    public string? From { get; init; }
    public string? AccessKeyId { get; init; }
    public Secret? AccessKeySecret { get; init; }
    public string? SignName { get; init; }
    public string? TemplateCode { get; init; }
    public string? NoticeTemplateCode { get; init; }
    public string? ApiBase { get; init; }
    public string? Subject { get; init; }
    public string? Text { get; init; }
}

public sealed record PoliciesEntry
{
    public int? AccessTokenSeconds { get; init; }
    public int? RefreshTokenDays { get; init; }
    public int? SmsFreePerDay { get; init; }
    public int? SmsMaxPerDay { get; init; }
    public int? CodesPerDay { get; init; }
    public int? SmsPriceFen { get; init; }
    public int? SmsBudgetFen { get; init; }
    public int? PasswordMinLength { get; init; }
    public int? PasswordClasses { get; init; }
    public bool? OwnAccounts { get; init; }
    public IReadOnlyList<int>? WithheldSources { get; init; }
}

/// <summary>A third party that people sign in with (免验证登录); which keys it has depends on its number.</summary>
public sealed record SourceEntry
{
    public required int Source { get; init; }
    public bool? Enabled { get; init; }
    public string? Url { get; init; }
    public Secret? Token { get; init; }
    public string? UserInfoUrl { get; init; }
    public string? AppId { get; init; }
    public Secret? AppSecret { get; init; }
    public string? PluginId { get; init; }
    public string? ClientId { get; init; }
    public Secret? ClientSecret { get; init; }
    public string? TeamId { get; init; }
    public string? KeyId { get; init; }
    public Secret? PrivateKey { get; init; }
    public string? AlipayPublicKey { get; init; }
    public string? Mode { get; init; }
    public string? RedirectUri { get; init; }
    public string? ApiBase { get; init; }
}

/// <summary>An attribute of the schema: either one of the library, by <see cref="Library"/>, or one defined here, by <see cref="Id"/>.</summary>
public sealed record AttributeEntry
{
    public string? Library { get; init; }
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public AttributeType? Type { get; init; }
    public bool? Required { get; init; }
    public bool? Unique { get; init; }
    public bool? ReadOnly { get; init; }
    public int? MaxLength { get; init; }
    public string? Pattern { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public IReadOnlyList<AttributeOption>? Options { get; init; }
}

public sealed record WebhookEntry
{
    public required string Url { get; init; }
    public Secret? Secret { get; init; }
    public bool? Enabled { get; init; }
    public IReadOnlyList<string>? Events { get; init; }
}

public sealed record AppEntry
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public bool? ServiceEnabled { get; init; }
    public PerEnvironment<CredentialEntry>? Credentials { get; init; }
    public PerEnvironment<VendorAccountEntry>? VendorAccount { get; init; }
    public PerEnvironment<QrLoginEntry>? QrLogin { get; init; }
}

public sealed record CredentialEntry
{
    public string? AppKey { get; init; }
    public Secret? AppSecret { get; init; }
    public IReadOnlyList<string>? RedirectUris { get; init; }
    public IReadOnlyList<string>? Origins { get; init; }
}

/// <summary>自有账号对接 (seed 003).</summary>
public sealed record VendorAccountEntry
{
    public bool? Enabled { get; init; }
    public required string TokenUrl { get; init; }
    public required string UserInfoUrl { get; init; }
    public TokenMethod? TokenMethod { get; init; }
    public required string ClientId { get; init; }
    public Secret? ClientSecret { get; init; }
    public bool? MobileVerified { get; init; }
    /// <summary>Seed 003's name of a parameter or field → the vendor's.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }
}
