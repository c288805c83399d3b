namespace FederationConsole.Features.Promotion;

/// <summary>Marks PromotionTexts.resx (Chinese) and PromotionTexts.en.resx: 同步到生产环境.</summary>
public sealed class PromotionTexts;
