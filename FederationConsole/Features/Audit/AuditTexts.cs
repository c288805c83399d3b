namespace FederationConsole.Features.Audit;

/// <summary>Marks AuditTexts.resx (Chinese) and AuditTexts.en.resx. Actions stand there as <c>Action_user.created</c>.</summary>
public sealed class AuditTexts;
