namespace FederationConsole.Features.QrLogin;

/// <summary>Marks QrLoginTexts.resx (Chinese) and QrLoginTexts.en.resx: the page 扫码登录.</summary>
public sealed class QrLoginTexts;
